// List prices in US dollars as of August 2026 (Firestore in nam5). Those marked "from memory" are on no page that was read for this: check them first.
export const TiB = 2 ** 40;
export const GiB = 2 ** 30;

export const price = {
  firestoreRead: 0.06 / 100_000, firestoreWrite: 0.18 / 100_000, firestoreDelete: 0.02 / 100_000, firestoreGiBMonth: 0.18,
  queryTiB: 6.25, freeQueryTiB: 1, streamedRow: 0.01 / (200 * 1024), // rows of less than 1 KiB count as 1 KiB
  pubSubTiB: 40,
  slotHour: 0.06, // Enterprise edition; from memory
  bigQueryGiBMonth: 0.02, // from memory
  warmCpuSecond: 0.000018, warmGiBSecond: 0.000002, // Cloud Run, processor always allocated; from memory
  idleCpuSecond: 0.0000025, idleGiBSecond: 0.0000025, // Cloud Run, a minimum instance between requests; from memory
  busyCpuSecond: 0.000024, busyGiBSecond: 0.0000025, millionRequests: 0.4, // Cloud Run, while it answers; from memory
};
