// What kafkajs 2.2.4 does not declare, and `batch-producer.ts` uses.

declare module 'kafkajs/src/protocol/requests/produce/v3/response.js' {
  interface ProduceResponse {
    readonly decode: (data: Buffer) => Promise<unknown>;
    /** Throws KafkaJSProtocolError for the first partition that was refused. */
    readonly parse: (decoded: unknown) => Promise<unknown>;
  }
  const response: ProduceResponse;
  export default response;
}
