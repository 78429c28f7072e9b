/** Planted messages of the drugs line: broadcasts, the change of number, the flat in Thornsea. */
export const LINE_LINES: Readonly<Record<string, string>> = {
  'sorin-line': `
2025-10-09 20:02 kez en line | m says your lad can do the run fri
2025-10-09 20:10 sorin en line | which friday
2025-10-09 20:11 kez en line | every other. 40 each time off his bill
2025-11-14 17:55 kez en line | bag landed. all there
2025-12-03 17:42 kez en number | new number for T line {n:kez}. lose the old
2025-12-08 19:20 sorin en movement | quay terrace is full from friday. keep your people away from that road`,
  'kez-marlon': `
2025-09-09 12:10 marlon en orders | phone on 11 to 11. dont answer anyone you dont know
2025-09-26 23:40 marlon en money | what did you do today
2025-09-26 23:44 kez en money | 640. 60 tick
2025-10-17 15:02 marlon en line | use shauns till xmas. he owes so he cant say no
2025-10-17 15:09 kez en line | he dont look well
2025-10-17 15:10 marlon en line | not your problem
2025-11-07 20:31 marlon en line | sorins boy coming fri w/ bag. R sorted it
2025-12-03 16:50 marlon en number | swap the sim today 5pm. text everyone then bin it in water
2026-01-13 22:05 kez en doubt | i want out after this month
2026-01-13 22:19 marlon en threat | you can go when the 1100 is paid`,
  'kez-shaun': `
2025-10-20 18:15 shaun en control | kez can they go now please its my flat
2025-10-20 18:40 kez en control | couple more days shaun
2025-11-22 03:12 shaun en control | they took my keys. i cant lock my own door
2025-12-29 14:02 shaun en control | housing are visiting on 5th what do i say
2025-12-29 14:20 kez en control | say ur cousins are staying`,
  'kez-pip': `
2025-11-03 13:33 kez en line | 3 for 25 today only. same place
2025-12-19 11:05 pip en movement | train is dear get R's van to drop it
2026-01-16 21:47 pip en doubt | someones watching quay terrace. white car two days`,
  'kez-mum-k': `
2025-12-25 13:10 mum-k en family | Dinner's at 2. Are you coming or not love
2026-01-14 19:02 kez en doubt | can i come home for a bit mum`
};

/** Broadcasts of the line to all its customers (London time of the first text). */
export const BROADCASTS: readonly (readonly [wall: string, text: string])[] = [
  ['2025-09-05 11:02', 'T on till late 2 for 15 3 for 20'],
  ['2025-09-12 11:00', 'T back on. 2 for 15'],
  ['2025-09-19 18:31', 'on it all wkend best around'],
  ['2025-09-26 11:04', 'T on. 2 for 15 3 for 20 till 11'],
  ['2025-10-03 11:01', 'Fresh in. on till late'],
  ['2025-10-10 11:00', 'T on it. 2 for 15'],
  ['2025-10-17 18:05', 'on now both. 5 min wait'],
  ['2025-10-24 11:03', 'T on 2 for 15 3 for 20'],
  ['2025-11-07 11:02', 'T on till 11'],
  ['2025-11-21 18:00', 'back on. sorry for the wait. 3 for 20'],
  ['2025-11-28 11:00', 'T on it all day'],
  ['2025-12-03 17:35', 'New number for T. save this 1 old 1 is dead. on it 2 for 15'],
  ['2025-12-05 11:01', 'T on new number. 2 for 15 3 for 20'],
  ['2025-12-19 18:02', 'on all xmas. 3 for 20'],
  ['2026-01-09 11:00', 'T on. happy new yr 2 for 15'],
  ['2026-01-23 11:02', 'T on till late']
];

/** What customers answer, and what the line says back. */
export const CUSTOMER_TALK = {
  ask: `u on? | u about | can u do 2 | 3 pls | same place? | how long | u still on | need 1 | 2 and a bit? | can i tick till thurs | you there | how long mate | usual pls | got 20 | waiting | where r u`,
  answer: `yh | 10 mins | 5 min | same place | behind the launderette | no tick | bell me when ur there | 2 min | wait by the bins | come now | on way | not today | half hour | u sure`
} as const;

/** An innocent broadcast and an innocent change of number: the patterns' counter-examples. */
export const INNOCENT_LINES: Readonly<Record<string, string>> = {
  'sorin-barber': `
2025-10-20 10:05 barber ro number | Frizeria Dorin: numar nou {n:barber}. cel vechi nu mai merge => Dorin's barber shop: new number {n:barber}. the old one no longer works`,
  football: `
2025-09-30 12:00 gez en football | Match tonight 7pm, £5 each, need one more
2025-10-20 17:30 gez en football | pitch is waterlogged, moved to thursday`,
  'sorin-nadia': `
2025-11-17 17:45 sorin fr number | bonsoir Nadia, vous avez une sim à 10 ? je paye en liquide => good evening Nadia, do you have a 10 SIM? I'll pay cash
2025-11-17 17:52 nadia fr number | oui, jusqu'à 20h => yes, until 8 pm`
};
