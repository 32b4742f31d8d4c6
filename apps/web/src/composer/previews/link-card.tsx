import { IconPhoto, IconWorld } from '@tabler/icons-react';
import { type FeedLook } from './look.js';
import classes from './previews.module.css';
import { hostOf } from './rich-text.js';

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
