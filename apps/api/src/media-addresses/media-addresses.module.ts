import { Module } from '@nestjs/common';
import { GuessLimit } from './guess-limit.js';
import { MediaAddressesController } from './media-addresses.controller.js';

/** `/media/:token/:name`: files for networks that fetch them. */
@Module({ controllers: [MediaAddressesController], providers: [GuessLimit] })
export class MediaAddressesModule {}
