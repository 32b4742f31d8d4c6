import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, Database, Problem, row } from '#kernel';
import { type Principal } from './principal.js';

/** Somebody who runs the installation. */
export interface Operator {
  userId: string;
  email: string;
}

/**
 * Who runs the installation: those whom `OPERATORS` names, with a confirmed address. Where it names nobody, outside of
 * production, whoever made the first account.
 */
@Injectable()
export class OperatorsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
  ) {}

  async isOperator(principal: Principal): Promise<boolean> {
    return (await this.find(principal)) !== undefined;
  }

  /** @throws Problem 403 for everybody else */
  async require(principal: Principal): Promise<Operator> {
    const operator = await this.find(principal);
    if (operator) return operator;
    throw Problem.forbidden(
      'Only those who run this installation may do this. OPERATORS names their e-mail addresses, which have to be confirmed.',
    );
  }

  /** A key for programs is given for an organization, and the installation is none. */
  private async find({ userId, via }: Principal): Promise<Operator | undefined> {
    if (via !== 'session') return undefined;
    const { operators, production } = this.config;
    if (operators === undefined && production) return undefined;
    return this.database.identity((tx) =>
      operators === undefined ? row<Operator>(tx, FIRST, [userId]) : row<Operator>(tx, NAMED, [userId, operators]),
    );
  }
}

const NAMED = `select id as "userId", email from users
  where id = $1 and email_verified_at is not null and lower(email) = any ($2)`;

const FIRST = `select id as "userId", email from (select id, email from users order by created_at, id limit 1) first where id = $1`;
