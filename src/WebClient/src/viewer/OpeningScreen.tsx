import { SvgCheckmarkSmall } from "@itwin/itwinui-icons-react";
import { ProgressLinear, ProgressRadial, Text } from "@itwin/itwinui-react";
import { openingSteps } from "./openingSteps";
import "./opening.css";

/** Progress of opening an iModel, step by step. */
export function OpeningScreen({ name, step }: { name: string; step: number }): React.JSX.Element {
  return (
    <main className="opening" aria-busy>
      <div className="opening-card" role="status">
        <Text variant="subheading" as="h1">{name}</Text>
        <ProgressLinear value={((step + 0.5) / openingSteps.length) * 100} isAnimated aria-label="Opening" />
        <ol>
          {openingSteps.map((text, index) => (
            <li key={text} data-state={index < step ? "done" : index === step ? "running" : "waiting"}>
              <span className="opening-mark">{index < step ? <SvgCheckmarkSmall /> : index === step && <ProgressRadial size="x-small" indeterminate />}</span>
              {text}
            </li>
          ))}
        </ol>
      </div>
    </main>
  );
}
