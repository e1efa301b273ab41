/** Finds where a JSON object ends that comes line by line; no text of JSON goes over a line's end. */
export function braceDepth() {
  let depth = 0;
  return {
    /** Just after the last brace; undefined if the object goes on after this line. */
    endIn: (line: string): number | undefined => {
      let inText = false;
      for (let at = 0; at < line.length; at += 1) {
        const one = line[at];
        if (inText) {
          if (one === '\\') at += 1;
          else if (one === '"') inText = false;
        } else if (one === '"') inText = true;
        else if (one === '{' || one === '[') depth += 1;
        else if (one === '}' || one === ']') {
          depth -= 1;
          if (depth <= 0) return at + 1;
        }
      }
      return undefined;
    },
  };
}
