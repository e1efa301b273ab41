import type { SkipReason } from '../../model/log/log-file.js';

type FaultReason = Extract<SkipReason, `packed-${string}`>;

/** Why compressed data cannot be read on. What came before it counts. */
export class UnpackFault extends Error {
  readonly reason: FaultReason;
  /** The place in the compressed data. */
  readonly byte: number;

  constructor(reason: FaultReason, byte: number, cause?: unknown) {
    super(`${reason} at byte ${String(byte)}`, { cause });
    this.name = 'UnpackFault';
    this.reason = reason;
    this.byte = byte;
  }
}
