import { expect } from 'chai';
import { submitCommand } from '../../../../src/spark/submit/submit-command.js';
import { documentedArguments } from '../../../helpers/documented-arguments.js';
import { madeUpToolchain } from '../../../helpers/made-up-toolchain.js';

const documented = documentedArguments();

describe('what is handed to spark-submit', () => {
  it('is documented for YARN and for Kubernetes', () => {
    expect(documented.map(({ knobs }) => knobs['spark.master'])).to.deep.equal([
      'yarn',
      'k8s://https://k8s.example.org:6443',
    ]);
  });

  for (const { knobs, words } of documented) {
    it(`is, on ${String(knobs['spark.master'])}, word by word what the page says`, () => {
      const { args, env } = submitCommand({
        toolchain: madeUpToolchain({
          connectorJars: ['CONNECTOR.jar', '…'],
          python: 'VENV/bin/python',
        }),
        env: { HADOOP_CONF_DIR: '/h', YARN_CONF_DIR: '/y', KUBECONFIG: '/k', AWS_SECRET: 'x' },
        knobs,
        ...(knobs['spark.master'] === 'yarn' ? { sparkJars: 'SPARK/*.jar' } : {}),
        files: { scratch: 'SCRATCH', shared: 'SHARED' },
        submission: { application: ['launcher.py', 'data_stream.py'], files: [], env: {} },
      });
      expect(['spark-submit', ...args]).to.deep.equal(words);
      expect(env).to.include({ HADOOP_CONF_DIR: '/h', YARN_CONF_DIR: '/y', KUBECONFIG: '/k' });
      expect(env).not.to.have.any.keys('AWS_SECRET', 'SPARK_LOCAL_IP');
    });
  }
});
