import type { Level } from '../knob.js';

/** What to do after a run, of all that could be done. Worded in `report/`. */
export type NextStep =
  /** Trials are missing. */
  | { readonly kind: 'resume' }
  /** The baseline fails, or nothing was measured. */
  | { readonly kind: 'mend' }
  /** The baseline differed from itself. */
  | { readonly kind: 'calm-machine' }
  /** So many blocks would detect a change of this size at this run's noise. */
  | { readonly kind: 'more-blocks'; readonly blocks: number; readonly change: number }
  /** That would take more blocks than a night has. */
  | {
      readonly kind: 'less-noise';
      readonly blocks: number;
      readonly change: number;
      /** Whether the run corrects for the speed of the machine already. */
      readonly readsCanary: boolean;
    }
  /** The best level is at the end of those that were tried. */
  | {
      readonly kind: 'go-on';
      readonly key: string;
      readonly level: Level;
      readonly end: 'lowest' | 'highest';
    }
  /** The best of several is overestimated, until fresh blocks judge it. */
  | { readonly kind: 'confirm' }
  /** A knob that was not varied, and the share of a batch that speaks for it, if one does. */
  | { readonly kind: 'try-knob'; readonly key: string; readonly why: KnobReason };

type KnobReason =
  | { readonly kind: 'commits'; readonly share: number }
  | { readonly kind: 'planning'; readonly share: number }
  | { readonly kind: 'stateful' }
  | { readonly kind: 'batch-size' };
