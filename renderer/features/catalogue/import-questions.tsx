import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPreviewResult, ImportQuestion } from "../../../main/contract/catalogue.ts";
import { Button, Icon, useFormat } from "../../ui/index.ts";
import styles from "./catalogue.module.css";
import { EncodingName } from "./encoding-name.tsx";
import type { ImportWizard } from "./use-import.ts";

/** What only a person can know about the file; each is asked once and holds for all its rows. */
export function ImportQuestions({
  wizard,
  preview,
}: {
  wizard: ImportWizard;
  preview: ImportPreviewResult;
}) {
  return preview.questions.map((question) => (
    <Question key={question.kind} question={question} wizard={wizard} />
  ));
}

function Question({ question, wizard }: { question: ImportQuestion; wizard: ImportWizard }) {
  const { t } = useTranslation("catalogue");
  const id = useId();
  return (
    <section className={styles["question"]} aria-labelledby={id}>
      <Icon name="question" size={24} />
      <div className={styles["questionBody"]}>
        <h4 id={id} className={styles["partTitle"]}>
          {t(`question.${question.kind}.title`)}
        </h4>
        <p>
          {t(`question.${question.kind}.lead`, { count: "count" in question ? question.count : 0 })}
        </p>
        {question.kind === "encoding" && <EncodingAnswers question={question} wizard={wizard} />}
        {question.kind === "decimalSign" && <SignAnswers question={question} wizard={wizard} />}
        {question.kind === "lostZeros" && <ZeroAnswers question={question} wizard={wizard} />}
      </div>
    </section>
  );
}

type Of<K extends ImportQuestion["kind"]> = Extract<ImportQuestion, { kind: K }>;

/** Each reading of the doubtful names beside the others; the eye knows the right one at once. */
function EncodingAnswers({ question, wizard }: { question: Of<"encoding">; wizard: ImportWizard }) {
  const { t } = useTranslation("catalogue");
  return (
    <ul className={styles["answers"]}>
      {question.candidates.map(({ encoding, lines }) => (
        <li key={encoding} className={styles["answer"]}>
          <pre className={styles["answerLines"]}>{lines.join("\n")}</pre>
          <Button onPress={() => wizard.choose({ encoding })}>
            {t("question.encoding.answer")} <EncodingName encoding={encoding} />
          </Button>
        </li>
      ))}
    </ul>
  );
}

function SignAnswers({ question, wizard }: { question: Of<"decimalSign">; wizard: ImportWizard }) {
  const { t } = useTranslation("catalogue");
  const format = useFormat();
  const amount = (minor: number | null) =>
    minor === null ? t("question.decimalSign.tooMany") : format.money(minor);
  const answers = [
    { sign: ".", of: "pointMinor" },
    { sign: ",", of: "commaMinor" },
  ] as const;
  return (
    <ul className={styles["answers"]}>
      {answers.map(({ sign, of }) => (
        <li key={sign} className={styles["answer"]}>
          <pre className={styles["answerLines"]}>
            {question.examples
              .map((example) => `${example.text} = ${amount(example[of])}`)
              .join("\n")}
          </pre>
          <Button
            variant={question.suggested === sign ? "go" : "plain"}
            onPress={() => wizard.choose({ decimalSign: sign })}
          >
            {t(sign === "." ? "question.decimalSign.point" : "question.decimalSign.comma")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function ZeroAnswers({ question, wizard }: { question: Of<"lostZeros">; wizard: ImportWizard }) {
  const { t } = useTranslation("catalogue");
  return (
    <>
      <pre className={styles["answerLines"]}>
        {question.examples.map(({ from, to }) => `${from} → ${to}`).join("\n")}
      </pre>
      <div className={styles["questionKeys"]}>
        <Button variant="go" onPress={() => wizard.choose({ putZerosBack: true })}>
          {t("question.lostZeros.putBack")}
        </Button>
        <Button onPress={() => wizard.choose({ putZerosBack: false })}>
          {t("question.lostZeros.leave")}
        </Button>
      </div>
    </>
  );
}
