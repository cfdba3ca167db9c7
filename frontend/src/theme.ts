// Light, dark, or as the system has it: put on the page before it is painted, so that nothing flashes.
import { applied, kept } from "./themes";

applied(kept());
