import { readFileSync } from 'node:fs';
import { projectPath } from '../process/project-paths.js';

/** The fourteen fields of a call, in the order of the city's data. All are text. */
export const callFields = [
  'crime_id',
  'original_crime_type_name',
  'report_date',
  'call_date',
  'offense_date',
  'call_time',
  'call_date_time',
  'disposition',
  'address',
  'city',
  'state',
  'agency_id',
  'address_type',
  'common_location',
] as const;

export type PoliceCall = Readonly<Record<(typeof callFields)[number], string>>;

/** Reads the shipped sample of real calls (data/README.md). */
export function readSample(): PoliceCall[] {
  const file = projectPath('data/police-department-calls-for-service.json');
  return JSON.parse(readFileSync(file, 'utf8')) as PoliceCall[];
}
