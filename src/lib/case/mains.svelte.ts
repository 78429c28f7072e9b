/** Whether the device runs on its battery, where the browser tells. */

/** The part of the Battery Status API that is used; it is in Chromium alone. */
export interface BatteryStatus {
  readonly charging: boolean;
  addEventListener(type: 'chargingchange', listener: () => void): void;
}
export type BatterySource = () => Promise<BatteryStatus>;

export class Mains {
  readonly #isOffered: boolean;
  #isOnBattery = $state<boolean | null>(null);

  /** @param source null where the browser has none */
  constructor(source: BatterySource | null) {
    this.#isOffered = source !== null;
    source?.().then(
      (battery) => {
        const look = (): void => void (this.#isOnBattery = !battery.charging);
        battery.addEventListener('chargingchange', look);
        look();
      },
      // Refused by policy: as if it were not there, but said as unknown.
      () => undefined
    );
  }

  get isOffered(): boolean {
    return this.#isOffered;
  }
  /** Null until the browser has answered. A device without a battery is never on it. */
  get isOnBattery(): boolean | null {
    return this.#isOnBattery;
  }
}
