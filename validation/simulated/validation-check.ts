/** A claim about the tool: a share of simulated nights (or a bias) that must stay within limits. */
export interface ValidationCheck {
  readonly id: string;
  readonly what: string;
  /** Returns the figure from this many nights. */
  readonly measure: (nights: number) => number;
  /** Limits of the figure; wider for 500 nights where chance requires it. */
  readonly limits: (nights: number) => { readonly least?: number; readonly most?: number };
}

/** At most 5 % of nights, with what chance adds: two standard errors and a bit. */
export const atMostFive = (nights: number) => ({ most: nights >= 2_000 ? 0.063 : 0.076 });
