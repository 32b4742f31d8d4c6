import 'reflect-metadata';
import { runBeside, say } from './connect.js';
import { operate } from './operate.js';
import { readOrder } from './orders.js';

/** For whoever operates the installation: beside the running programs, on the same settings. */
const order = readOrder(process.argv.slice(2));
if ('said' in order) say(order);
else await runBeside((database) => operate(database, order));
