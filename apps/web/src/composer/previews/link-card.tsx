import { IconPhoto, IconWorld } from '@tabler/icons-react';
import { type FeedLook } from './look.js';
import classes from './previews.module.css';
import { hostOf } from './rich-text.js';
import { type SeenFile, ShownFile } from './shown-file.js';

/** What the post itself says of the page that a link leads to. */
export interface OwnCard {
  title: string;
  description: string;
  /** Its picture. */
  file: SeenFile | undefined;
}

/** The card of a link with the words and the picture that the post gives it. */
export function TitledCard({ address, card: { title, description, file } }: { address: string; card: OwnCard }) {
  return (
    <div className={classes['card']} data-form="own">
      {file && (
        <div className={classes['cardImage']}>
          <ShownFile file={file} />
        </div>
      )}
      <div className={classes['cardWords']}>
        <span className={classes['cardTitle']}>{title === '' ? 'No title yet' : title}</span>
        {description !== '' && <span className={classes['cardAbout']}>{description}</span>}
        <span className={classes['cardHost']}>{hostOf(address)}</span>
      </div>
    </div>
  );
}

/** A post that is quoted: only the network knows what it says. */
export function QuotedPost({ address }: { address: string }) {
  return (
    <div className={classes['card']} data-form="quote">
      <div className={classes['cardWords']}>
        <span className={classes['cardHost']}>The quoted post</span>
        <span className={classes['cardAddress']}>{withoutScheme(address)}</span>
      </div>
    </div>
  );
}

/** The card that a network makes of a link. Where it fetches the page, its title and picture are known to the network alone. */
export function LinkCard({ address, look }: { address: string; look: FeedLook }) {
  const host = hostOf(address);
  const isFetched = look.card !== 'plain';
  return (
    <>
      <div className={classes['card']} data-form={look.card}>
        {isFetched && (
          <div className={classes['cardPicture']} aria-hidden>
            <IconPhoto size={28} stroke={1.3} />
          </div>
        )}
        <div className={classes['cardWords']}>
          {look.card === 'band' && <span className={classes['cardHost']}>{host.toUpperCase()}</span>}
          <span className={classes['cardAddress']}>{withoutScheme(address)}</span>
          {look.card !== 'band' && (
            <span className={classes['cardHost']}>
              <IconWorld size={13} aria-hidden /> {host}
            </span>
          )}
        </div>
      </div>
      {isFetched && <p className={classes['small']}>The network adds the title and the picture of the page.</p>}
    </>
  );
}

function withoutScheme(address: string): string {
  return address.replace(/^https?:\/\//i, '').replace(/\/$/, '');
}
