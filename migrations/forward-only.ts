import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A migration that cannot be taken back: what it would delete is nobody's to delete by a command. */
export abstract class ForwardOnly implements MigrationInterface {
  abstract up(db: QueryRunner): Promise<void>;

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
