/**
 * How many alarms one person can take. EEMUA publication 191 (3rd edition, 2013, appendix on alarm rates) calls a
 * steady rate below one in 10 minutes very likely acceptable, one in 5 minutes manageable, and after an upset fewer
 * than 10 in 10 minutes manageable; ANSI/ISA-18.2 adds that more than 10 in 10 minutes should happen in less than 1 %
 * of the time.
 */
export const eemua = {
  acceptableAnHour: 6,
  manageableAnHour: 12,
  peakInTenMinutes: 10,
  floodShare: 0.01,
} as const;
