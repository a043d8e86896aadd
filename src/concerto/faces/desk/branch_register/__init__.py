"""What a branch and a township decide beside their meetings: seats, groups, votes that rest, waivers, not there."""
