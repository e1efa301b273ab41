import { expect } from 'chai';
import { sparkKafkaOptions } from '../../../../src/model/kafka-client-settings.js';
import { plaintextEndpoint, type KafkaEndpoint } from '../../../../src/model/kafka-endpoint.js';
import { endpointForDriver } from '../../../../src/spark/submit/driver-files.js';

describe('the Kafka of a driver on another machine', () => {
  const driver = '/mnt/shared/driver';
  const secured: KafkaEndpoint = {
    servers: ['broker:9093'],
    security: { protocol: 'SSL', tls: { ca: '/tls/ca.pem' } },
  };
  const certificatesOf = (endpoint: KafkaEndpoint) =>
    sparkKafkaOptions(endpoint).get('kafka.ssl.truststore.certificates');

  it('has the certificate of its authority among the files that are brought there', () => {
    expect(certificatesOf(endpointForDriver({ driver }, secured))).to.equal(
      '${file:/mnt/shared/driver/files/tls/ca.pem}',
    );
    expect(endpointForDriver({ driver }, plaintextEndpoint('broker:9092'))).to.deep.equal(
      plaintextEndpoint('broker:9092'),
    );
  });

  it('is as the experiment has it where the driver is here', () => {
    expect(endpointForDriver({}, secured)).to.deep.equal(secured);
    expect(certificatesOf(secured)).to.equal('${file:/tls/ca.pem}');
  });
});
