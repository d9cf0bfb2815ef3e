"""Why a total is what it is: its parts, its records, who is missing, and what touched it lately."""
