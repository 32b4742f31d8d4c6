import { type Server } from 'node:http';
import { type Duplex } from 'node:stream';
import { Problem } from '#kernel';

/** Answers what is no HTTP, or has too long an address or headers, with a problem like any other mistake. */
export function answerUnreadable(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const problem = new Problem('malformed-request', detailOf(error.code));
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${problem.status} Bad Request`,
      'Connection: close',
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}

function detailOf(code: string | undefined): string {
  if (code === 'HPE_HEADER_OVERFLOW') return 'The address and the headers are too long together. Send less in them.';
  return 'The request could not be read. Send it as HTTP/1.1 says.';
}
