import type { Experiment } from '../../model/experiment.js';
import { share } from '../quantities.js';
import type { Problem } from './schema-problems.js';

/** The parts of an experiment file that decide what is judged when. */
interface DesignParts {
  readonly design?: Pick<Partial<Experiment['design']>, 'confirm'>;
  readonly stopping?: {
    readonly delta?: string;
    readonly worthwhile?: string;
    readonly looks?: readonly number[];
    readonly blocks?: object;
  };
}

/** Finds what a screening, interim looks and the smallest gain worth having forbid each other. */
export function designProblems({ design = {}, stopping = {} }: DesignParts): Problem[] {
  const { delta = '5%', worthwhile } = stopping;
  const hasLooks = (stopping.looks?.length ?? 0) > 1 || stopping.blocks !== undefined;
  const screens = design.confirm !== undefined && design.confirm !== 'off';
  return [
    ...(screens && hasLooks
      ? [
          {
            path: ['design', 'confirm'],
            atKey: true,
            message:
              'confirm and interim looks exclude each other: what a screening keeps is judged once, after the last block; leave out confirm, or stopping.looks and stopping.blocks',
          },
        ]
      : []),
    ...(worthwhile !== undefined && share(worthwhile) < share(delta)
      ? [
          {
            path: ['stopping', 'worthwhile'],
            message: `worthwhile is ${worthwhile}, less than delta (${delta}), within which a gain counts as none`,
          },
        ]
      : []),
  ];
}
