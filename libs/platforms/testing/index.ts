export { fileOrigin, readable } from './bytes.js';
export { describeConformance } from './conformance.js';
export { type ConsentInput, grantByConsent } from './consent.js';
export { practiceDraft, type PracticeDraft, practiceImage, type PracticeImage } from './drafts.js';
export { PracticeKit, type Subject } from './kit.js';
export { draft, drive, failureBy, order, type Outcome, patiently, preparing } from './practice.js';
export { type Ending, MiniRunner } from './runner.js';
export { PracticeStage } from './stage.js';
export { practiceVideo, type PracticeVideoOptions } from './video.js';
