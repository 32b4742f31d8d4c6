import { type Platform } from '#platforms/core';
import { connectingCases } from './cases/connecting.js';
import { costCases } from './cases/costs.js';
import { crashCases } from './cases/crashes.js';
import { duplicateCases } from './cases/duplicates.js';
import { limitCases } from './cases/limits.js';
import { liveCases } from './cases/live.js';
import { publishingCases } from './cases/publishing.js';
import { refusalCases } from './cases/refusals.js';
import { unknownOutcomeCases } from './cases/unknown-outcomes.js';
import { videoCases } from './cases/videos.js';
import { workingCases } from './cases/working.js';
import { PracticeKit, type Subject } from './kit.js';

/** Runs a case on a fresh kit, connected unless said otherwise, and searches everything that was said for secrets. */
export type Scene = (
  act: (kit: PracticeKit) => Promise<void>,
  options?: { connected?: boolean },
) => () => Promise<void>;

/** What every group of cases is given. */
export interface CaseInput {
  platform: Platform;
  subject: Subject;
  scene: Scene;
}

/**
 * The suite that every adapter passes, over real HTTP against its practice network. Call it from `<id>.conformance.spec.ts`.
 * It plays the runner's part and asserts on the sandbox's ground truth, never on what the adapter believes.
 */
export function describeConformance(platform: Platform, subject: Subject): void {
  const scene: Scene =
    (act, { connected = true } = {}) =>
    async () => {
      const kit = await (connected ? PracticeKit.connected(platform, subject) : PracticeKit.open(platform, subject));
      try {
        await act(kit);
        expect(kit.leaks()).toEqual([]);
      } finally {
        await kit.close();
      }
    };
  const input = { platform, subject, scene };
  describe(`${platform.adapter.manifest.name} conforms`, () => {
    describe('connecting', () => connectingCases(input));
    describe('publishing', () => publishingCases(input));
    describe('limits', () => limitCases(input));
    describe('videos', () => videoCases(input));
    describe('crash and resume', () => crashCases(input));
    describe('refusals', () => refusalCases(input));
    describe('what takes its time', () => workingCases(input));
    describe('live', () => liveCases(input));
    describe('unknown outcomes', () => unknownOutcomeCases(input));
    describe('costs', () => costCases(input));
    if (subject.refusesDuplicates) describe('duplicates', () => duplicateCases(input));
  });
}
