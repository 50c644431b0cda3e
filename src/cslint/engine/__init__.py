"""Text to findings: view, candidates, judgement. No input or output, and no term is known here."""
