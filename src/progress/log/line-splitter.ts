/** Longer lines are not looked at: the longest of an event log, the plans of queries, have some megabytes. */
const mostBytes = 16 * 2 ** 20;
const lineFeed = 10;

interface LineSink {
  /** Without the line feed, valid during the call only; the last line is not whole if nothing ended it. */
  readonly line: (line: Buffer, isWhole: boolean) => void;
  readonly tooLong: () => void;
}

/** Cuts chunks of bytes into lines. */
export function lineSplitter(sink: LineSink) {
  let pieces: Buffer[] = [];
  let held = 0;
  const hold = (piece: Buffer) => {
    held += piece.length;
    if (held <= mostBytes) pieces.push(piece);
    else pieces = [];
  };
  const drop = () => {
    pieces = [];
    held = 0;
  };
  const emit = (last: Buffer, isWhole: boolean) => {
    hold(last);
    const line = pieces.length === 1 ? last : Buffer.concat(pieces);
    if (held > mostBytes) sink.tooLong();
    else sink.line(line, isWhole);
    drop();
  };
  return {
    push: (chunk: Buffer) => {
      let from = 0;
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
        if (held === 0) sink.line(chunk.subarray(from, end), true);
        else emit(chunk.subarray(from, end), true);
        from = end + 1;
      }
      if (from < chunk.length) hold(chunk.subarray(from));
    },
    end: () => {
      if (held > 0) emit(Buffer.alloc(0), false);
    },
  };
}
