/** Where an answer came from: the API itself, a mock or test switch, a proxy in front, a recording. */
export type Provenance = 'organic' | 'simulated' | 'gateway' | 'recorded';
