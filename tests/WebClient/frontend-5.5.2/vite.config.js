import { frontendConfig } from "../frontend/vite.shared.js";

export default frontendConfig(import.meta.dirname);
