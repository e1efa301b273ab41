import type { TextSink } from '../model/host.js';
import { colorInk, noInk, type Ink } from '../report/terminal/ink.js';

/** Colours where they are shown. */
export function inkFor({ colors }: TextSink): Ink {
  return colors === true ? colorInk : noInk;
}
