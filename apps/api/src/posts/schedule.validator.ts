import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isPlainObject } from '../validators.js';

/** Longer than any time or zone is written. */
const MAX_LENGTH = 64;

const SCHEMA = {
  description:
    'When it goes out: at a time, now, at the next free slot of each channel, or not yet (null, a draft). A time without ' +
    'offset is what clocks in the zone show.',
  oneOf: [
    {
      type: 'object',
      required: ['at', 'timeZone'],
      properties: {
        at: { type: 'string', example: '2027-03-28T09:00' },
        timeZone: { type: 'string', example: 'Europe/Berlin' },
      },
    },
    { type: 'string', enum: ['now', 'next-slot'] },
    { type: 'null' },
  ],
} as unknown as ApiPropertyOptions;

/** A schedule of the right form; whether the time and the zone make sense is planning's to say. */
export function IsSchedule({ optional = false } = {}): PropertyDecorator {
  return applyDecorators(
    (optional ? ApiPropertyOptional : ApiProperty)(SCHEMA),
    ValidateBy({
      name: 'isSchedule',
      validator: {
        validate: isSchedule,
        defaultMessage: () => '$property must be {"at", "timeZone"}, "now", "next-slot", or null for a draft',
      },
    }),
  );
}

function isSchedule(value: unknown): boolean {
  if (value === null || value === 'now' || value === 'next-slot') return true;
  return (
    isPlainObject(value) &&
    Object.keys(value).every((name) => name === 'at' || name === 'timeZone') &&
    isShortText(value['at']) &&
    isShortText(value['timeZone'])
  );
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAX_LENGTH;
}
