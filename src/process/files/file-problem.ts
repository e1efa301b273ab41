import { messageOf } from '../../model/harness-error.js';

/** Why a path cannot be used. */
export type FileProblem =
  'missing' | 'folder' | 'special' | 'too-large' | 'denied' | 'bad-path' | 'unusable';

/** The causes that deserve words of their own; the system's message words all others. */
const worded: Readonly<Record<string, readonly [problem: FileProblem, text: string]>> = {
  ENOENT: ['missing', 'there is no such file'],
  ENOTDIR: ['missing', 'a part of its path is a file, not a folder'],
  EEXIST: ['unusable', 'it is a file, not a folder'],
  EISDIR: ['folder', 'it is a folder, not a file'],
  EACCES: ['denied', 'permission denied'],
  EPERM: ['denied', 'permission denied'],
  EROFS: ['denied', 'the file system is read-only'],
  ENAMETOOLONG: ['bad-path', 'the name is too long'],
  ERR_INVALID_ARG_VALUE: ['bad-path', 'the path has a NUL character'],
};

/** Words the error of a file operation as a clause. */
export function fileProblem(error: unknown): {
  readonly problem: FileProblem;
  readonly text: string;
} {
  const [problem, text] = worded[errorCode(error)] ?? ['unusable', messageOf(error)];
  return { problem, text };
}

/** The system's code of an error, such as ENOENT; empty if it has none. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}
