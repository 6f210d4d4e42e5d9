/** jstat ships no types; these are the parts that the load judge uses. */
declare module 'jstat' {
  const jstat: {
    jStat: {
      chisquare: {
        /** The quantile of a probability. */
        inv(probability: number, degreesOfFreedom: number): number;
      };
    };
  };
  // biome-ignore lint/style/noDefaultExport: it is the shape of that package
  export default jstat;
}
