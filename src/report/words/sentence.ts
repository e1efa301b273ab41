import { oneLine } from '../../model/printable.js';
import { markdownCode, markdownLink, markdownText } from '../markdown/markdown-text.js';

/** A sentence as its parts, so that each renderer can mark them up in its own way. */
export type Sentence = readonly Part[];
type Part = string | Marked;

/** Emphasised text, code, or a link. */
type Marked =
  | { readonly strong: Sentence }
  | { readonly code: string }
  | { readonly link: string; readonly to: string };

export function strong(text: string | Sentence): Marked {
  return { strong: typeof text === 'string' ? [text] : text };
}

export function code(text: string): Marked {
  return { code: text };
}

export function link(text: string, to: string): Marked {
  return { link: text, to };
}

/** Builds a sentence from a template: sentence`${strong('better')}, ${gain}.` */
export function sentence(
  texts: TemplateStringsArray,
  ...values: readonly (string | Marked | Sentence)[]
): Sentence {
  const parts = texts.flatMap((text, index): Part[] => {
    const value = values[index] ?? '';
    return [text, ...(Array.isArray(value) ? (value as Sentence) : [value as Part])];
  });
  return parts.filter((part) => part !== '');
}

/** Joins several sentences. */
export function joined(sentences: readonly Sentence[], separator: string): Sentence {
  return sentences.flatMap((one, index) => (index === 0 ? one : [separator, ...one]));
}

/** Text in a sentence shows as it is: whatever Markdown would read as markup is escaped. */
export function toMarkdown(given: Sentence): string {
  return given
    .map((part) => {
      if (typeof part === 'string') return markdownText(part);
      if ('strong' in part) return `**${toMarkdown(part.strong)}**`;
      return 'code' in part ? markdownCode(part.code) : markdownLink(part.link, part.to);
    })
    .join('');
}

/** Renders a sentence for a terminal: code keeps its backticks. */
export function toPlainText(given: Sentence): string {
  return given
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('strong' in part) return toPlainText(part.strong);
      return 'code' in part ? `\`${oneLine(part.code)}\`` : part.link;
    })
    .join('');
}
