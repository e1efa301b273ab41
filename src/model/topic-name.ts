/** Whether Kafka takes this as the name of a topic (`Topic.validate` in its clients). */
export function isTopicName(text: string): boolean {
  return /^[a-zA-Z0-9._-]{1,249}$/.test(text) && text !== '.' && text !== '..';
}

/** The rule in words, to follow "it takes" or "expected". */
export const topicNameRule =
  'up to 249 letters (a to z), digits, dots, underscores and hyphens, but not "." or ".."';

/** Stands for a topic of the reader's own, where nothing names it. */
export const exampleTopic = 'my-topic';
