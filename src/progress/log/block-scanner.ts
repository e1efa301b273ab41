import type { SkipReason } from '../../model/log/log-file.js';
import { jsonBlock, type JsonBlock } from './json-block.js';

interface BlockSink {
  readonly emit: (text: string, isWhole: boolean) => void;
  readonly skip: (reason: SkipReason, times?: number) => void;
}

/** Follows the one message of a driver log that is being read, if there is one, over its lines. */
export function blockScanner({ emit, skip }: BlockSink) {
  let block: JsonBlock | undefined;
  const end = (reason?: SkipReason) => {
    if (block === undefined) return;
    if (block.foreignLines > 0) skip('foreign-lines', block.foreignLines);
    if (reason !== undefined) skip(reason);
    block = undefined;
  };
  const goOn = (line: Buffer) => {
    if (block === undefined) return;
    const taken = block.take(line.toString('utf8'));
    if (taken.state === 'open') return;
    end(taken.state === 'lost' ? 'cut-short' : undefined);
    if (taken.state === 'whole') emit(taken.text, true);
  };
  return {
    /** Begins with what the first line holds of the JSON. */
    begin: (line: Buffer) => {
      end('cut-short');
      block = jsonBlock();
      goOn(line);
    },
    goOn,
    end,
  };
}
