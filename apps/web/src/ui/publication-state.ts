import {
  type Icon,
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconHandStop,
  IconHourglass,
  IconInfoCircle,
  IconLoader,
  IconMovie,
  IconMovieOff,
  IconQuestionMark,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { type PublicationState } from '../api/queries.js';

/** How a state is shown: word, colour and sign, so that none of them carries it alone. */
export interface StateLook {
  word: string;
  /** What it means for whoever waits for the post. */
  meaning: string;
  color: string;
  icon: Icon;
}

/** The look of each state of a publication. */
export const STATE_LOOKS: Record<PublicationState, StateLook> = {
  scheduled: { word: 'Scheduled', meaning: 'It goes out at its time.', color: 'iris', icon: IconClock },
  preparing: {
    word: 'Getting ready',
    meaning: 'Images and texts are being handed over.',
    color: 'cyan',
    icon: IconLoader,
  },
  ready: { word: 'Ready', meaning: 'Everything is prepared; it goes out on time.', color: 'cyan', icon: IconHourglass },
  committing: { word: 'Publishing', meaning: 'It is being published at this moment.', color: 'cyan', icon: IconSend },
  published: { word: 'Published', meaning: 'It is out.', color: 'teal', icon: IconCircleCheck },
  failed: {
    word: 'Failed',
    meaning: 'It did not go out, and nothing more happens by itself.',
    color: 'red',
    icon: IconCircleX,
  },
  unconfirmed: {
    word: 'Unconfirmed',
    meaning: 'It may be out. The network gave no way to know; somebody has to look.',
    color: 'orange',
    icon: IconQuestionMark,
  },
  held: { word: 'Held', meaning: 'It may not go out as things stand.', color: 'yellow', icon: IconHandStop },
  cancelled: { word: 'Cancelled', meaning: 'It does not go out.', color: 'gray', icon: IconBan },
};

/** Due a while ago and still not out. */
export const LATE_LOOK: StateLook = {
  word: 'Late',
  meaning: 'It should have gone out already; ClickPost is still at it.',
  color: 'red',
  icon: IconAlertTriangle,
};

/** Held while its video is made; it goes on by itself. */
export const MEDIA_PROCESSING_LOOK: StateLook = {
  word: 'Media in work',
  meaning: 'Its media are being made. It goes out by itself when they are ready.',
  color: 'cyan',
  icon: IconMovie,
};

/** Held because its media could not be made. */
export const MEDIA_FAILED_LOOK: StateLook = {
  word: 'Media failed',
  meaning: 'Its media could not be made. Open it to see why, and what to do.',
  color: 'red',
  icon: IconMovieOff,
};

/** The network has it and works on it. */
export const IN_WORK_LOOK: StateLook = {
  word: 'In work',
  meaning: 'The network is processing it. Nothing is wrong, and nothing needs doing.',
  color: 'cyan',
  icon: IconLoader,
};

/** It is out, and the network left something for people to know or to do. */
export const NOTED_LOOK: StateLook = {
  word: 'Published, see note',
  meaning: 'It is out, and something about it is left for you. Open it to see what.',
  color: 'yellow',
  icon: IconInfoCircle,
};

/** It was out and is not any more. */
export const REMOVED_LOOK: StateLook = {
  word: 'Removed',
  meaning: 'It was published, and somebody removed it from the network.',
  color: 'gray',
  icon: IconTrash,
};

/** In the order of a publication's life. */
export const PUBLICATION_STATES = Object.keys(STATE_LOOKS) as PublicationState[];

/** What has happened or is happening cannot be changed any more. */
export function isOut(state: PublicationState): boolean {
  return state === 'committing' || state === 'published' || state === 'unconfirmed';
}

/** Whether it goes out by itself as things stand. */
export function isUnderWay(state: PublicationState): boolean {
  return state === 'scheduled' || state === 'preparing' || state === 'ready' || state === 'committing';
}
