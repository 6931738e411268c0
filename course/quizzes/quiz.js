/* A quiz says at once whether a choice is right, and why. Without this script the reasons are
   folded below each choice. */
function courseQuizzes(where) {
  for (const quiz of where.querySelectorAll(".course-quiz:not([data-ready])")) {
    quiz.dataset.ready = "yes";
    /* JupyterLab takes the arrow keys for its cells, unless an element says that it has a use. */
    for (const button of quiz.querySelectorAll("input")) button.dataset.lmSuppressShortcuts = "true";
    const verdict = quiz.querySelector(".course-verdict");
    for (const folded of quiz.querySelectorAll("details")) folded.style.display = "none";
    quiz.addEventListener("change", (event) => {
      const choice = event.target.closest(".course-choice");
      if (choice) verdict.innerHTML = choice.querySelector("details p").innerHTML;
    });
  }
}

courseQuizzes(document);
