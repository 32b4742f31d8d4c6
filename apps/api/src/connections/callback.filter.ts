import { type ArgumentsHost, Catch } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { Problem } from '#kernel';
import { ProblemFilter } from '../http/index.js';
import { problemPage, wantsPage } from './callback-page.js';

/** Says a problem as a page to whoever comes with a browser. */
@Catch(Problem)
export class CallbackFilter extends ProblemFilter {
  override catch(problem: Problem, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    response.vary('Accept');
    if (wantsPage(host.switchToHttp().getRequest<Request>())) {
      response.status(problem.status).type('html').send(problemPage(problem));
    } else super.catch(problem, host);
  }
}
