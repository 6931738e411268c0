/* A quiz says at once whether a choice is right, and why. Without this script the reasons are
   folded below each choice. */
function courseQuizzes(where) {
  for (const quiz of where.querySelectorAll(".course-quiz:not([data-ready])")) {
    quiz.dataset.ready = "yes";
    quiz.dataset.lmSuppressShortcuts = "true"; /* JupyterLab takes the arrow keys for its cells */
    const verdict = quiz.querySelector(".course-verdict");
    for (const folded of quiz.querySelectorAll("details")) folded.style.display = "none";
    quiz.addEventListener("change", (event) => {
      const choice = event.target.closest(".course-choice");
      if (choice) verdict.innerHTML = choice.querySelector("details p").innerHTML;
    });
  }
}

courseQuizzes(document);
