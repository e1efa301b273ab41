/** What a topic holds, for a page that shows topics. */
export interface TopicView {
  readonly name: string;
  /** The first offset of each partition, and the one after its last. */
  readonly partitions: readonly {
    readonly partition: number;
    readonly earliest: number;
    readonly latest: number;
  }[];
}

/** One record, cut to what people look at. */
export interface MessageView {
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970, by the producer's clock. */
  readonly timestamp: number;
  readonly key: string | null;
  /** The first bytes of the value, as text; hexadecimal digits where it is no UTF-8. */
  readonly value: string;
  readonly form: 'json' | 'text' | 'binary';
  /** Of the whole value, in bytes. */
  readonly bytes: number;
  /** Whether `value` is only its beginning. */
  readonly isCut: boolean;
}
