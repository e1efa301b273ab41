// What kafkajs 2.2.4 does not declare, and `records` and `rights` use.

declare module 'kafkajs/src/protocol/requests/produce/v3/response.js' {
  interface ProduceResponse {
    readonly decode: (data: Buffer) => Promise<unknown>;
    /** Throws KafkaJSProtocolError for the first partition that was refused. */
    readonly parse: (decoded: unknown) => Promise<unknown>;
  }
  const response: ProduceResponse;
  export default response;
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    writeArray(texts: readonly string[]): this;
    writeBoolean(value: boolean): this;
  }
}

declare module 'kafkajs/src/protocol/decoder.js' {
  export default class Decoder {
    constructor(data: Buffer);
    readInt16(): number;
    readInt32(): number;
    readBoolean(): boolean;
    readString(): string | null;
    readArray<T>(reader: (decoder: Decoder) => T): T[];
  }
}
