import { type Request } from 'express';
import ipaddr from 'ipaddr.js';

/** Whether a program on this machine asks. A proxy on it speaks for others, so what that forwards is not local. */
export function isLocal({ socket, headers }: Request): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false;
  const { remoteAddress } = socket;
  return remoteAddress !== undefined && ipaddr.process(remoteAddress).range() === 'loopback';
}
