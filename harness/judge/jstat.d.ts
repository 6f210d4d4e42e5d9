/** jstat ships no types; these are the parts that the judges use. */
declare module 'jstat' {
  const jstat: {
    jStat: {
      beta: {
        /** The quantile of a probability. */
        inv(probability: number, alpha: number, beta: number): number;
      };
      chisquare: {
        /** The quantile of a probability. */
        inv(probability: number, degreesOfFreedom: number): number;
      };
    };
  };
  // biome-ignore lint/style/noDefaultExport: it is the shape of that package
  export default jstat;
}
