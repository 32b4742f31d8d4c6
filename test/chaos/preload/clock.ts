/** Given to `node --import`: a wall clock that is wrong by CHAOS_CLOCK_OFFSET_MS. Durations stay right. */
const offset = Number(process.env['CHAOS_CLOCK_OFFSET_MS']);
const Right = Date;

class WrongDate extends Right {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(Right.now() + offset);
    else super(...(given as [number]));
  }
  static override now(): number {
    return Right.now() + offset;
  }
}

globalThis.Date = WrongDate as DateConstructor;
