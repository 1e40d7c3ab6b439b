"""What was measured, as rows: for the table and for JSON."""
import statistics


def percentile(values, share):
    """The smallest value that at least `share` of all are not above."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, int(share * len(ordered) + 0.999999) - 1))]


class Report:
    def __init__(self):
        self.rows = []

    def add(self, what, values, unit, goal=""):
        """One figure of several rounds."""
        values = list(values)
        self.rows.append({"what": what, "median": statistics.median(values), "least": min(values), "most": max(values),
                          "rounds": len(values), "unit": unit, "goal": goal})

    def ratio(self, what, ours, theirs, goal=""):
        """The ratios of two figures, round by round."""
        self.add(what, [a / b for a, b in zip(ours, theirs)], "×", goal)

    def print(self):
        width = max(len(row["what"]) for row in self.rows)
        print(f"\n{'':{width}}  {'median':>12}  {'least – most':>27}  unit   goal")
        for row in self.rows:
            spread = f"{row['least']:,.2f} – {row['most']:,.2f}"
            print(f"{row['what']:{width}}  {row['median']:12,.2f}  {spread:>27}  {row['unit']:5}  {row['goal']}")
