import { basename } from 'node:path';
import { HarnessError } from '../../model/harness-error.js';

/** SESSION_UNFIT: a script's trials cannot share a driver; `reasons` is what the driver told of one of them. */
export class UnfitScript extends HarnessError {
  readonly reasons: readonly string[];

  constructor(script: string, reasons: readonly string[]) {
    super({
      code: 'SESSION_UNFIT',
      message: `${basename(script)} cannot share a driver with other trials:\n  ${reasons.join('\n  ')}`,
      hint: 'Use `executor: submit`, which gives each trial a process of its own, or `auto`, which does so where it has to. A setting of Spark that the script makes can be given in `knobs` instead: then the driver is started with it.',
    });
    this.reasons = reasons;
  }
}
