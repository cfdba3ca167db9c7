// The report's own script. What selects and lights up words of the sealed text counts them with `offsets`.
export {};
