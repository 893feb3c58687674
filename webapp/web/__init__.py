"""HTTP as such: pages, doors, headers, languages; the slices bring the contents."""
