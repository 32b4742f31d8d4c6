import { Injectable, type PipeTransform } from '@nestjs/common';
import { validate } from 'uuid';
import { Problem } from '#kernel';

/** Lets ids through: `@Param('id', IdPipe) id: string`. Anything else names nothing that exists, so it is a 404 problem. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!validate(value)) throw Problem.notFound();
    return value.toLowerCase();
  }
}
